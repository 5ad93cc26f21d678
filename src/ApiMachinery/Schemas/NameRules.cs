using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// The rules for the names of objects, one of which each type has. A rule gets the name, and whether it is only the prefix of a name that the
/// server completes, so that a dash may end it; it gives the reasons against it.
/// </summary>
public static class NameRules
{
    /// <summary>A DNS name of RFC 1123: custom resources and most built-in types.</summary>
    public static IReadOnlyList<string> DnsSubdomain(string name, bool prefix) => NameValidation.IsDns1123Subdomain(Mask(name, prefix));

    /// <summary>A label of RFC 1123: namespaces.</summary>
    public static IReadOnlyList<string> DnsLabel(string name, bool prefix) => NameValidation.IsDns1123Label(Mask(name, prefix));

    /// <summary>A label of RFC 1035: services.</summary>
    public static IReadOnlyList<string> Dns1035Label(string name, bool prefix) => NameValidation.IsDns1035Label(Mask(name, prefix));

    /// <summary>Whatever can stand in a path: roles, role bindings and their like.</summary>
    public static IReadOnlyList<string> PathSegment(string name, bool prefix)
    {
        if (!prefix && name is "." or "..")
        {
            return [$"may not be '{name}'"];
        }

        string[] found = [.. ((string[])["/", "%"]).Where(c => name.Contains(c, StringComparison.Ordinal)).Select(static c => $"may not contain '{c}'")];
        return found;
    }

    private static string Mask(string name, bool prefix) => prefix && name.Length > 1 && name[^1] == '-' ? name[..^2] + "a" : name;
}
