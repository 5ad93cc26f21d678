namespace KubeFed.FederationApis;

/// <summary>Names derived from a kind.</summary>
public static class KindNames
{
    /// <summary>
    /// The plural that is assumed of a kind, lower-case: <c>es</c> after s, x, z, o, ch and sh, <c>ies</c> for a final y,
    /// otherwise <c>s</c>. Empty for an empty kind.
    /// </summary>
    public static string Plural(string kind)
    {
        var name = kind.ToLowerInvariant();
        if (name.Length == 0)
        {
            return name;
        }

        if (name[^1] is 's' or 'x' or 'z' or 'o' || name.EndsWith("ch", StringComparison.Ordinal) || name.EndsWith("sh", StringComparison.Ordinal))
        {
            return name + "es";
        }

        return name[^1] == 'y' ? name[..^1] + "ies" : name + "s";
    }

    /// <summary><c>Federated</c> and the target's kind.</summary>
    public static string FederatedKind(string targetKind) => "Federated" + targetKind;

    /// <summary><c>federated</c> and the target's plural.</summary>
    public static string FederatedPlural(string targetPlural) => "federated" + targetPlural;

    /// <summary>The name of the recorded versions of an object: <c>&lt;lower-case target kind&gt;-&lt;name&gt;</c>.</summary>
    public static string PropagatedVersionName(string targetKind, string name) => $"{targetKind.ToLowerInvariant()}-{name}";
}
