using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Checks that an applied configuration has the shape that its type asks for.</summary>
internal sealed class ConfigValidator
{
    private readonly List<string> _path = [];
    private readonly List<string> _errors = [];

    /// <summary>Every fault in one text; null when there is none.</summary>
    public static string? Validate(TypeNode type, JsonObject config)
    {
        var validator = new ConfigValidator();
        validator.Visit(type, config);
        return validator._errors.Count switch
        {
            0 => null,
            1 => validator._errors[0],
            _ => "errors:\n  " + string.Join("\n  ", validator._errors),
        };
    }

    private void Visit(TypeNode type, JsonNode? value)
    {
        if (value is null)
        {
            return;
        }

        switch (type.Shape)
        {
            case TypeShape.Scalar:
                Scalar(type, value);
                break;
            case TypeShape.Map when value is JsonObject map:
                Members(type, map);
                break;
            case TypeShape.List when value is JsonArray list:
                Items(type, list);
                break;
            case TypeShape.Map or TypeShape.List:
                Fail($"expected {(type.Shape == TypeShape.Map ? "map" : "list")}, got &{{{GoText.Plain(value)}}}");
                break;
            default:
                break;
        }
    }

    private void Scalar(TypeNode type, JsonNode value)
    {
        var kind = value.GetValueKind();
        var expected = type.Scalar switch
        {
            SchemaType.String when kind != JsonValueKind.String => "string",
            SchemaType.Number when kind != JsonValueKind.Number => "numeric (int or float)",
            SchemaType.Boolean when kind is not (JsonValueKind.True or JsonValueKind.False) => "boolean",
            _ => null,
        };
        if (expected is not null)
        {
            Fail($"expected {expected}, got &value.valueUnstructured{{Value:{GoText.Syntax(value)}}}");
        }
    }

    private void Members(TypeNode type, JsonObject map)
    {
        foreach (var (name, value) in map)
        {
            var memberType = type.Member(name, out var key, out _);
            _path.Add(key);
            if (memberType is null)
            {
                Fail("field not declared in schema");
            }
            else
            {
                Visit(memberType, value);
            }

            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Items(TypeNode type, JsonArray list)
    {
        var seen = type.Atomic ? null : new HashSet<string>(list.Count, StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var key = PathKey.Index(i);
            if (seen is not null)
            {
                var step = ListItems.KeyOf(type, list[i], out var fault);
                if (step is null)
                {
                    Fail($"element {i}: {fault}");
                    continue;
                }

                key = step;
                if (!seen.Add(key))
                {
                    Fail($"duplicate entries for key {PathKey.Display(key)}");
                }
            }

            _path.Add(key);
            Visit(type.Element!, list[i]);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Fail(string message)
    {
        var path = new System.Text.StringBuilder();
        foreach (var key in _path)
        {
            PathKey.AppendDisplay(path, key);
        }

        _errors.Add(path.Length == 0 ? message : $"{path}: {message}");
    }
}
