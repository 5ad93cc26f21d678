using System.Text.Json;

namespace KubeFed.KubeClient.Configuration;

/// <summary>An object of a kubeconfig together with where it stands, so that every complaint can say so.</summary>
internal readonly struct ConfigNode(JsonElement value, string file, string path)
{
    public string Path => path;

    public string Origin => path.Length == 0 ? file : $"{file}: {path}";

    public static ConfigNode Root(JsonElement value, string file)
    {
        var root = new ConfigNode(value, file, "");
        return value.ValueKind == JsonValueKind.Object ? root : throw root.Error($"expected a map, found {Describe(value)}");
    }

    public KubeConfigException Error(string message, Exception? inner = null) =>
        inner is null ? new KubeConfigException($"{Origin}: {message}") : new KubeConfigException($"{Origin}: {message}", inner);

    public string? String(string name)
    {
        if (!TryGet(name, out var field))
        {
            return null;
        }

        if (field.ValueKind != JsonValueKind.String)
        {
            throw At(name, field).Error($"expected a string, found {Describe(field)}");
        }

        return At(name, field).Text(field) is { Length: > 0 } text ? text : null;
    }

    public bool Bool(string name) => TryGet(name, out var field) && field.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw At(name, field).Error($"expected true or false, found {Describe(field)}"),
    };

    public ReadOnlyMemory<byte> Base64(string name)
    {
        if (String(name) is not { } text)
        {
            return default;
        }

        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw At(name, default).Error("the value is not base64", e);
        }
    }

    public ConfigNode? Object(string name)
    {
        if (!TryGet(name, out var field))
        {
            return null;
        }

        return field.ValueKind == JsonValueKind.Object
            ? At(name, field)
            : throw At(name, field).Error($"expected a map, found {Describe(field)}");
    }

    public IReadOnlyList<ConfigNode> Objects(string name) => Items(name, JsonValueKind.Object, "a map");

    public IReadOnlyList<string> Strings(string name) =>
        [.. Items(name, JsonValueKind.String, "a string").Select(item => item.Text())];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> StringLists(string name)
    {
        var result = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (Object(name) is { } map)
        {
            foreach (var key in map.Names())
            {
                result[key] = map.Strings(key);
            }
        }

        return result;
    }

    public string? RawJson(string name) => TryGet(name, out var field) ? field.GetRawText() : null;

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "a map",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private string[] Names()
    {
        try
        {
            return [.. value.EnumerateObject().Select(p => p.Name)];
        }
        catch (InvalidOperationException e)
        {
            throw Error("a key is not valid Unicode", e);
        }
    }

    private string Text() => Text(value);

    private string Text(JsonElement field)
    {
        try
        {
            return field.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Error("the text is not valid Unicode", e);
        }
    }

    private ConfigNode[] Items(string name, JsonValueKind kind, string expected)
    {
        if (!TryGet(name, out var field))
        {
            return [];
        }

        var list = At(name, field);
        if (field.ValueKind != JsonValueKind.Array)
        {
            throw list.Error($"expected a list, found {Describe(field)}");
        }

        var items = new ConfigNode[field.GetArrayLength()];
        var index = 0;
        foreach (var element in field.EnumerateArray())
        {
            var item = new ConfigNode(element, file, $"{list.Path}[{index}]");
            items[index++] = element.ValueKind == kind ? item : throw item.Error($"expected {expected}, found {Describe(element)}");
        }

        return items;
    }

    private bool TryGet(string name, out JsonElement field) =>
        value.TryGetProperty(name, out field) && field.ValueKind != JsonValueKind.Null;

    private ConfigNode At(string name, JsonElement field) => new(field, file, path.Length == 0 ? name : $"{path}.{name}");
}
