using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What is accepted in metadata, but not silently; with kube-apiserver's texts.</summary>
internal static class MetadataWarnings
{
    /// <summary>Drops owners that are named twice, and warns of that and of finalizers that are nobody's in particular.</summary>
    /// <param name="metadata">The metadata, which is changed.</param>
    /// <param name="old">What it replaces; null for a new object. Finalizers that it has are not warned of again.</param>
    /// <param name="warnings">Takes the warnings.</param>
    public static void Apply(JsonObject metadata, ObjectMeta? old, WarningList warnings)
    {
        if (metadata["ownerReferences"] is JsonArray { Count: > 1 } owners)
        {
            DropDuplicates(owners, warnings);
        }

        if (metadata["finalizers"] is JsonArray finalizers)
        {
            foreach (var finalizer in finalizers)
            {
                if (finalizer is JsonValue value && value.TryGetValue(out string? name) && IsAnybodys(name)
                    && old?.Finalizers.Contains(name, StringComparer.Ordinal) != true)
                {
                    warnings.Add($"metadata.finalizers: \"{name}\": prefer a domain-qualified finalizer name including a path (/) to avoid "
                        + "accidental conflicts with other finalizer writers");
                }
            }
        }
    }

    private static bool IsAnybodys(string finalizer) =>
        !finalizer.Contains('/', StringComparison.Ordinal) && finalizer is not ("orphan" or "foregroundDeletion" or "kubernetes");

    private static void DropDuplicates(JsonArray owners, WarningList warnings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var twice = new List<string>();
        for (int i = 0; i < owners.Count; i++)
        {
            string uid = owners[i] is JsonObject owner ? Tree.Text(owner, "uid") : string.Empty;
            if (!seen.Add(uid))
            {
                owners.RemoveAt(i--);
                twice.Add(uid);
            }
        }

        if (twice.Count > 0)
        {
            warnings.Add(".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such "
                + $"requests as early as 1.24; please fix your requests; duplicate UID(s) observed: [{string.Join(' ', twice)}]");
        }
    }
}
