using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Which objects a label and a field selector choose.</summary>
internal sealed class ObjectSelection
{
    private readonly Selector _labels;
    private readonly (Func<KubeObject, string> Read, bool Equal, string Value)[] _fields;

    private ObjectSelection(Selector labels, (Func<KubeObject, string> Read, bool Equal, string Value)[] fields, string? name)
    {
        _labels = labels;
        _fields = fields;
        Name = name;
    }

    /// <summary>Whether every object is chosen.</summary>
    public bool IsEverything => _labels.IsEverything && _fields.Length == 0;

    /// <summary>The one name that chosen objects have; null when they may have any.</summary>
    public string? Name { get; }

    /// <summary>Reads the selectors of a request.</summary>
    /// <exception cref="StatusException">400: one cannot be read, or names a field that may not be selected by.</exception>
    public static ObjectSelection Parse(VersionRuntime version, string? labelSelector, string? fieldSelector)
    {
        try
        {
            var labels = string.IsNullOrEmpty(labelSelector) ? Selector.Everything : Selector.Parse(labelSelector);
            var fields = string.IsNullOrEmpty(fieldSelector) ? FieldSelector.Everything : FieldSelector.Parse(fieldSelector);
            string? name = fields.TryGetExactMatch("metadata.name", out string exact) ? exact : null;
            return new ObjectSelection(labels, [.. fields.Requirements.Select(requirement => Compile(version, requirement))], name);
        }
        catch (SelectorFormatException e)
        {
            throw StatusErrors.BadRequest(e.Message);
        }
    }

    /// <summary>Whether a stored object is chosen.</summary>
    public bool Matches(KubeObject @object)
    {
        foreach (var (read, equal, value) in _fields)
        {
            if (string.Equals(read(@object), value, StringComparison.Ordinal) != equal)
            {
                return false;
            }
        }

        return _labels.IsEverything || _labels.Matches(@object.Metadata.Labels);
    }

    private static (Func<KubeObject, string> Read, bool Equal, string Value) Compile(VersionRuntime version, FieldRequirement requirement) =>
        version.Fields.Find(requirement.Field) is { } read
            ? (version.Version.Conversion is null ? read : stored => read(version.FromStorage(stored)), requirement.Equal, requirement.Value)
            : throw StatusErrors.BadRequest($"field label not supported: {requirement.Field}");
}
