using System.Collections.Frozen;
using KubeFed.ApiMachinery.Patching;

namespace KubeFed.FederationCore.Overrides;

/// <summary>
/// Which paths an override may touch. The name, the namespace, generateName and the kind are the federated object's and
/// the type's; a path that would replace them as part of something larger is refused like they are.
/// </summary>
public static class OverridePaths
{
    private static readonly FrozenSet<string> Forbidden = new[]
    {
        "/metadata", "/metadata/name", "/metadata/namespace", "/metadata/generateName", "/kind",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Why a path is refused, or null. <c>/apiVersion</c> is allowed: clusters of different age serve different versions.</summary>
    public static string? FindFault(string path)
    {
        if (path.Length == 0)
        {
            return "must not be empty: the whole object cannot be overridden";
        }

        if (path[0] != '/')
        {
            return $"\"{path}\" must begin with a slash";
        }

        return Forbidden.Contains(path) ? $"\"{path}\" cannot be overridden"
            : JsonPointer.TryParse(path, out _, out var reason) ? null
            : reason;
    }
}
