using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>Lays a tree out in block style.</summary>
internal sealed class YamlWriter
{
    private const int Step = 2;
    private const int LongestSimpleKey = 128;

    private readonly YamlLines _lines = new();

    public string Write(JsonNode? node)
    {
        Value(node, 0, afterIndicator: true);
        return _lines.ToString();
    }

    /// <summary>Writes what follows a key or an indicator, to the end of its last line.</summary>
    private void Value(JsonNode? node, int indent, bool afterIndicator)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                Mapping(map, indent, afterIndicator);
                return;
            case JsonArray { Count: > 0 } list:
                Sequence(list, indent, afterIndicator);
                return;
            default:
                Leaf(node, indent);
                _lines.End();
                return;
        }
    }

    private void Mapping(JsonObject map, int indent, bool firstInline)
    {
        bool inline = firstInline;
        foreach ((string key, JsonNode? value) in NaturalKeyOrder.Sort(map, static member => member.Key))
        {
            if (!inline)
            {
                _lines.Indent(indent);
            }

            inline = false;
            if (IsSimple(key))
            {
                ScalarText.Write(_lines, key, ScalarAnalysis.Choose(key, simpleKey: true), indent + Step, fold: false);
                Member(value, indent);
            }
            else
            {
                ComplexMember(key, value, indent);
            }
        }
    }

    private void Member(JsonNode? value, int indent)
    {
        _lines.Put(':');
        bool nested = value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };
        if (nested)
        {
            _lines.End();
        }
        else
        {
            _lines.Put(' ');
        }

        Value(value, value is JsonArray { Count: > 0 } ? indent : indent + Step, afterIndicator: !nested);
    }

    private void ComplexMember(string key, JsonNode? value, int indent)
    {
        _lines.Put("? ");
        ScalarText.Write(_lines, key, ScalarAnalysis.Choose(key, simpleKey: false), indent + Step, fold: true);
        _lines.End();
        _lines.Indent(indent);
        _lines.Put(": ");
        Value(value, indent + Step, afterIndicator: true);
    }

    private void Sequence(JsonArray list, int indent, bool firstInline)
    {
        bool inline = firstInline;
        foreach (JsonNode? item in list)
        {
            if (!inline)
            {
                _lines.Indent(indent);
            }

            inline = false;
            _lines.Put("- ");
            Value(item, indent + Step, afterIndicator: true);
        }
    }

    private void Leaf(JsonNode? node, int indent)
    {
        switch (node)
        {
            case null:
                _lines.Put("null");
                return;
            case JsonObject:
                _lines.Put("{}");
                return;
            case JsonArray:
                _lines.Put("[]");
                return;
            default:
                Scalar(node.AsValue(), indent);
                return;
        }
    }

    private void Scalar(JsonValue value, int indent)
    {
        if (value.GetValueKind() == JsonValueKind.String)
        {
            string text = TextOf(value);
            ScalarText.Write(_lines, text, ScalarAnalysis.Choose(text, simpleKey: false), Math.Max(indent, Step), fold: true);
            return;
        }

        string json = value.ToJsonString();
        _lines.Put(value.GetValueKind() == JsonValueKind.Number ? Number(json) : json);
    }

    private static string TextOf(JsonValue value)
    {
        if (value.TryGetValue(out string? text))
        {
            return text;
        }

        using var document = JsonDocument.Parse(value.ToJsonString());
        return document.RootElement.GetString()!;
    }

    private static string Number(string json)
    {
        if (PlainScalar.Resolve(json).Kind == ScalarKind.Integer)
        {
            return json;
        }

        double value = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            return json;
        }

        bool integral = Math.Truncate(value) == value && value is > -9.2e18 and < 1.8e19;
        return integral ? ((Int128)value).ToString(CultureInfo.InvariantCulture) : GoFloat.FormatGeneral(value);
    }

    private static bool IsSimple(string key) =>
        !key.Contains('\n', StringComparison.Ordinal) && System.Text.Encoding.UTF8.GetByteCount(key) <= LongestSimpleKey;
}
