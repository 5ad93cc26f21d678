using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>Turns the parser's events of one document into a JSON tree.</summary>
internal sealed class YamlTreeBuilder(IParser parser, YamlLimits limits, AliasBudget budget, int firstLine)
{
    private const int NodeCost = 16;
    private const string TagPrefix = "tag:yaml.org,2002:";

    private readonly FieldPathStack _path = new();
    private readonly Dictionary<AnchorName, Anchored> _anchors = [];
    private readonly HashSet<AnchorName> _open = [];
    private long _built;
    private int _deepest;

    /// <summary>Reads the next document.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryRead(out JsonNode? document)
    {
        document = null;
        while (parser.MoveNext())
        {
            if (parser.Current is DocumentStart)
            {
                parser.MoveNext();
                _anchors.Clear();
                document = Node(depth: 0);
                return true;
            }
        }

        return false;
    }

    public YamlFormatException Fault(string reason, Mark at, Exception? cause = null) =>
        new(_path.ToString(), reason, firstLine + at.Line, at.Column, cause);

    private JsonNode? Node(int depth)
    {
        ParsingEvent current = parser.Current!;
        if (current is AnchorAlias alias)
        {
            return Alias(alias, depth);
        }

        AnchorName anchor = ((NodeEvent)current).Anchor;
        return anchor.IsEmpty ? Content(current, depth) : Anchor(anchor, current, depth);
    }

    private JsonNode? Content(ParsingEvent current, int depth) => current switch
    {
        Scalar scalar => Value(scalar),
        MappingStart => Mapping(current, depth),
        _ => Sequence(current, depth),
    };

    private JsonNode? Anchor(AnchorName anchor, ParsingEvent current, int depth)
    {
        long builtBefore = _built;
        int deepestBefore = _deepest;
        _deepest = depth;
        _open.Add(anchor);
        JsonNode? node = Content(current, depth);
        _open.Remove(anchor);
        _anchors[anchor] = new Anchored(node, _built - builtBefore, _deepest - depth);
        _deepest = Math.Max(_deepest, deepestBefore);
        return node;
    }

    private JsonNode? Alias(AnchorAlias alias, int depth)
    {
        if (_open.Contains(alias.Value))
        {
            throw Fault($"the anchor '{alias.Value}' contains itself", alias.Start);
        }

        if (!_anchors.TryGetValue(alias.Value, out Anchored? anchored))
        {
            throw Fault($"the anchor '{alias.Value}' is not defined before it is used", alias.Start);
        }

        Reach(depth + anchored.Levels, alias);
        Copy(anchored.Cost, alias.Start);
        return anchored.Node?.DeepClone();
    }

    private void Copy(long cost, Mark at)
    {
        _built += cost;
        if (!budget.TryTake(cost))
        {
            throw Fault($"aliases expand to more than the limit of {limits.MaxAliasExpansion}", at);
        }
    }

    private JsonObject Mapping(ParsingEvent start, int depth)
    {
        Enter(start, depth);
        var result = new JsonObject();
        List<(JsonNode? Source, Mark At)>? merges = null;
        while (Next() is not MappingEnd)
        {
            ParsingEvent keyEvent = parser.Current!;
            string key = Key(keyEvent, depth, out bool merge);
            Mark at = keyEvent.Start;
            Next();
            if (merge)
            {
                (merges ??= []).Add((Node(depth + 1), at));
                continue;
            }

            _path.Push(key);
            if (result.ContainsKey(key))
            {
                throw Fault($"the key \"{Shorten(key)}\" is given twice", at);
            }

            result.Add(key, Node(depth + 1));
            _path.Pop();
        }

        foreach ((JsonNode? source, Mark at) in merges ?? [])
        {
            Merge(result, source, at);
        }

        return result;
    }

    private JsonArray Sequence(ParsingEvent start, int depth)
    {
        Enter(start, depth);
        var result = new JsonArray();
        while (Next() is not SequenceEnd)
        {
            _path.Push(result.Count);
            result.Add(Node(depth + 1));
            _path.Pop();
        }

        return result;
    }

    private void Enter(ParsingEvent start, int depth)
    {
        _built += NodeCost;
        Reach(depth + 1, start);
    }

    private void Reach(int levels, ParsingEvent at)
    {
        if (levels > limits.MaxDepth)
        {
            throw Fault($"nested deeper than {limits.MaxDepth} levels", at.Start);
        }

        _deepest = Math.Max(_deepest, levels);
    }

    private string Key(ParsingEvent current, int depth, out bool merge)
    {
        merge = false;
        if (current is Scalar scalar && scalar.Anchor.IsEmpty)
        {
            string text = Text(scalar);
            _built += text.Length;
            ResolvedScalar resolved = IsPlain(scalar) ? PlainScalar.Resolve(text) : new ResolvedScalar(ScalarKind.Text);
            merge = resolved.Kind == ScalarKind.Merge;
            return resolved.AsKey(text) ?? throw Fault($"'{text}' cannot be the key of a mapping: quote it", current.Start);
        }

        return Node(depth + 1) switch
        {
            JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => value.GetValue<string>(),
            JsonValue value => value.ToString(),
            _ => throw Fault("the key of a mapping must be a string, a number or a boolean", current.Start),
        };
    }

    private void Merge(JsonObject target, JsonNode? source, Mark at)
    {
        switch (source)
        {
            case JsonObject map:
                foreach ((string key, JsonNode? value) in map)
                {
                    if (!target.ContainsKey(key))
                    {
                        target.Add(key, value?.DeepClone());
                    }
                }

                return;
            case JsonArray list when list.All(static item => item is JsonObject):
                foreach (JsonNode? item in list)
                {
                    Merge(target, item, at);
                }

                return;
            default:
                throw Fault("'<<' takes a mapping or a list of mappings", at);
        }
    }

    private JsonValue? Value(Scalar scalar)
    {
        string text = Text(scalar);
        _built += NodeCost + text.Length;
        string tag = scalar.Tag.IsEmpty ? string.Empty : scalar.Tag.Value;
        if (!tag.StartsWith(TagPrefix, StringComparison.Ordinal))
        {
            return IsPlain(scalar) ? Resolved(text, PlainScalar.Resolve(text), scalar.Start) : JsonValue.Create(text);
        }

        ResolvedScalar resolved = PlainScalar.Resolve(text);
        bool fits = tag[TagPrefix.Length..] switch
        {
            "str" or "timestamp" => (resolved = new ResolvedScalar(ScalarKind.Text)).Kind == ScalarKind.Text,
            "int" => resolved.Kind == ScalarKind.Integer,
            "float" => resolved.Kind is ScalarKind.Integer or ScalarKind.Float,
            "bool" => resolved.Kind == ScalarKind.Boolean,
            "null" => resolved.Kind == ScalarKind.Null,
            _ => throw Fault($"the tag !!{tag[TagPrefix.Length..]} cannot be turned into JSON", scalar.Start),
        };
        return fits
            ? Resolved(text, resolved, scalar.Start)
            : throw Fault($"'{Shorten(text)}' is not a value of the tag !!{tag[TagPrefix.Length..]}", scalar.Start);
    }

    private JsonValue? Resolved(string text, ResolvedScalar value, Mark at) => value.Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => JsonValue.Create(value.Truth),
        ScalarKind.Integer when value.Integral <= long.MaxValue => JsonValue.Create((long)value.Integral),
        ScalarKind.Integer => JsonValue.Create((ulong)value.Integral),
        ScalarKind.Float => JsonValue.Create(value.Real),
        ScalarKind.NotFinite => throw Fault($"'{text}' is a number that JSON cannot hold: quote it to make it a string", at),
        _ => JsonValue.Create(text),
    };

    private string Text(Scalar scalar) => scalar.Style == ScalarStyle.Plain && InnerAsterisks.MisleadsScanner(scalar.Value)
        ? throw Fault($"'{Shorten(scalar.Value)}' can be read in two ways: quote what has the '*' in it", scalar.Start)
        : InnerAsterisks.Restore(scalar.Value);

    private static bool IsPlain(Scalar scalar) => scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty;

    private static string Shorten(string text) => text.Length > 100 ? text[..100] + "..." : text;

    private ParsingEvent Next()
    {
        parser.MoveNext();
        return parser.Current!;
    }

    /// <summary>What an anchor names, what copying it costs, and how many levels of mappings and sequences it has.</summary>
    private sealed record Anchored(JsonNode? Node, long Cost, int Levels);
}
