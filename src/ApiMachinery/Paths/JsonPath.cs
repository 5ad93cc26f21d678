using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>
/// A path into objects in kubectl's JSONPath: fields, indexes, slices, unions, wildcards, recursive descent and filters such as
/// <c>.status.conditions[?(@.type=="Ready")].status</c>. What is missing gives no result and is no error. Compiled once; immutable and safe
/// to share.
/// </summary>
public sealed class JsonPath
{
    private readonly PathStep[] _steps;
    private readonly string[] _fields;

    internal JsonPath(string text, PathStep[] steps)
    {
        Text = text;
        _steps = steps;
        _fields = [.. steps.TakeWhile(static step => step is FieldStep).Select(static step => ((FieldStep)step).Name)];
    }

    /// <summary>The path as it was given.</summary>
    public string Text { get; }

    /// <summary>Whether the path consists of member names alone: it then has one result at most.</summary>
    public bool IsSimple => _fields.Length == _steps.Length;

    /// <summary>The member names with which the path begins; the whole path if it is simple.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>Compiles a path, with or without the braces of a template.</summary>
    /// <exception cref="JsonPathException">The text is no path; the message says why.</exception>
    public static JsonPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new JsonPath(text, JsonPathParser.Parse(text));
    }

    /// <summary>The values that the path leads to, in the order of the document.</summary>
    public IReadOnlyList<JsonNode?> Evaluate(JsonNode? root) => Run(root, 0);

    /// <summary>
    /// The values that the path leads to. Only the part of the object below the first member names is made a tree; for a simple path only the
    /// value itself.
    /// </summary>
    public IReadOnlyList<JsonNode?> Evaluate(KubeObject @object)
    {
        ArgumentNullException.ThrowIfNull(@object);
        if (!@object.TryGetRaw(out var raw, _fields))
        {
            return [];
        }

        var below = JsonNode.Parse(raw.Span, documentOptions: new System.Text.Json.JsonDocumentOptions { MaxDepth = KubeObject.MaxDepth });
        return Run(below, _fields.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal List<JsonNode?> Run(JsonNode? root, int from)
    {
        List<JsonNode?> current = [root];
        for (int i = from; i < _steps.Length && current.Count > 0; i++)
        {
            var next = new List<JsonNode?>();
            foreach (var node in current)
            {
                _steps[i].Follow(node, next);
            }

            current = next;
        }

        return current;
    }
}
