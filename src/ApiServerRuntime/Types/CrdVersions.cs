using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>Reads the versions of a definition.</summary>
internal static class CrdVersions
{
    /// <summary>The versions in the order of preference.</summary>
    public static IReadOnlyList<ResourceTypeVersion> Read(
        JsonObject spec, string group, string kind, FieldPath at, FieldErrorList errors, SchemaDefinitions? definitions, out string storageVersion)
    {
        var versions = new List<ResourceTypeVersion>();
        var stored = new List<string>();
        var list = CrdNode.List(spec, "versions");
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject map)
            {
                versions.Add(new CrdVersion(map, group, kind, at.Index(i), errors, definitions).Read());
                if (CrdNode.Flag(map, "storage"))
                {
                    stored.Add(versions[^1].Name);
                }
            }
        }

        string[] names = [.. versions.Select(static version => version.Name)];
        if (names.Length == 0)
        {
            errors.Add(FieldError.Required(at));
        }
        else if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            errors.Add(FieldError.Invalid(at, names, "must contain unique version names"));
        }

        if (stored.Count != 1)
        {
            errors.Add(FieldError.Invalid(at, names, "must have exactly one version marked as storage version"));
        }

        storageVersion = stored.FirstOrDefault() ?? string.Empty;
        return [.. versions.OrderBy(static version => version.Name, VersionOrder.Instance)];
    }
}
