using KubeFed.ApiMachinery.Errors;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>Something that a cluster does not let the control plane do.</summary>
/// <param name="Verb">The verb, such as <c>patch</c>.</param>
/// <param name="Resource">The resource with its group, such as <c>deployments.apps</c>, or a path such as <c>/healthz</c>.</param>
/// <param name="Namespace">The namespace, or empty for the whole cluster.</param>
internal readonly record struct MissingRight(string Verb, string Resource, string Namespace)
{
    /// <summary>For a person: <c>patch deployments.apps in namespace "shop"</c>.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{Verb} {Resource}" : $"{Verb} {Resource} in namespace \"{Namespace}\"";

    /// <summary>
    /// Reads which right an authorizer missed from the sentence that every API server makes of its denial; null for a 403 that has another
    /// cause, such as admission or a proxy.
    /// </summary>
    /// <param name="refusal">The server's answer.</param>
    /// <param name="user">Whom the server took the control plane for; empty with null.</param>
    public static MissingRight? TryRead(StatusException refusal, out string user)
    {
        user = "";
        if (!refusal.IsForbidden)
        {
            return null;
        }

        // User "u" cannot patch resource "deployments" in API group "apps" in the namespace "n"; or: at the cluster scope; or: get path "/p".
        var rest = refusal.Message.AsSpan();
        if (!TryCut(ref rest, "User \"", out _) || !TryCut(ref rest, "\" cannot ", out var name) || !TryCut(ref rest, " ", out var verb))
        {
            return null;
        }

        var right = ReadObject(rest, verb.ToString());
        user = right is null ? "" : name.ToString();
        return right;
    }

    /// <summary><c>deployments.apps</c>, and <c>deployments.apps/scale</c> for a subresource.</summary>
    public static string Qualify(string resource, string group)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return (group.Length, slash) switch
        {
            (0, _) => resource,
            (_, < 0) => $"{resource}.{group}",
            _ => $"{resource[..slash]}.{group}{resource[slash..]}",
        };
    }

    private static MissingRight? ReadObject(ReadOnlySpan<char> rest, string verb)
    {
        if (rest.StartsWith("path \""))
        {
            rest = rest["path \"".Length..];
            return TryCut(ref rest, "\"", out var path) ? new MissingRight(verb, path.ToString(), "") : null;
        }

        if (!rest.StartsWith("resource \""))
        {
            return null;
        }

        rest = rest["resource \"".Length..];
        if (!TryCut(ref rest, "\" in API group \"", out var resource)
            || !TryCut(ref rest, "\"", out var group))
        {
            return null;
        }

        var qualified = Qualify(resource.ToString(), group.ToString());
        if (!rest.StartsWith(" in the namespace \""))
        {
            return new MissingRight(verb, qualified, "");
        }

        rest = rest[" in the namespace \"".Length..];
        return TryCut(ref rest, "\"", out var @namespace) ? new MissingRight(verb, qualified, @namespace.ToString()) : null;
    }

    /// <summary>Cuts a text after the first occurrence of another; what stood before it comes out.</summary>
    private static bool TryCut(ref ReadOnlySpan<char> text, string at, out ReadOnlySpan<char> before)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        before = index < 0 ? default : text[..index];
        text = index < 0 ? text : text[(index + at.Length)..];
        return index >= 0;
    }
}
