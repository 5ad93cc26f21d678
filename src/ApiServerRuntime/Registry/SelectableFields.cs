using System.Text;
using System.Text.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>The fields of a version that field selectors may name.</summary>
internal sealed class SelectableFields
{
    private readonly Dictionary<string, Func<KubeObject, string>> _readers = new(StringComparer.Ordinal)
    {
        ["metadata.name"] = static o => o.Metadata.Name,
    };

    private SelectableFields(ResourceType type, ResourceTypeVersion version)
    {
        if (type.Scope == ApiMachinery.Identity.ResourceScope.Namespaced)
        {
            _readers["metadata.namespace"] = static o => o.Metadata.Namespace;
        }

        foreach (string field in version.SelectableFields)
        {
            string[] path = field.TrimStart('.').Split('.');
            _readers[string.Join('.', path)] = o => Read(o, path);
        }
    }

    public static SelectableFields Of(ResourceType type, ResourceTypeVersion version) => new(type, version);

    /// <summary>What reads a field, or null when it may not be named.</summary>
    public Func<KubeObject, string>? Find(string field) => _readers.GetValueOrDefault(field);

    private static string Read(KubeObject @object, string[] path)
    {
        if (!@object.TryGetRaw(out var raw, path))
        {
            return string.Empty;
        }

        var reader = new Utf8JsonReader(raw.Span);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(raw.Span),
            _ => string.Empty,
        };
    }
}
