using KubeFed.ApiMachinery.Errors;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

/// <summary>The 403s of API servers, word for word.</summary>
internal static class Denials
{
    public const string User = "system:serviceaccount:fed:c1-host";

    public static StatusException Of(string verb, string resource, string group, string @namespace, string more = "") => Forbidden(
        $"{resource} \"web\" is forbidden: User \"{User}\" cannot {verb} resource \"{resource}\" in API group \"{group}\" "
        + (@namespace.Length > 0 ? $"in the namespace \"{@namespace}\"" : "at the cluster scope") + more);

    public static StatusException Forbidden(string message) => new(new Status { Code = 403, Reason = StatusReason.Forbidden, Message = message });
}
