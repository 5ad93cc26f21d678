using KubeFed.ApiMachinery.Validation;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Join;

/// <summary>The names that join gives to its objects on a member, and unjoin looks for.</summary>
internal sealed record MemberNames
{
    private const int LongestName = NameValidation.MaxSubdomainLength;

    private MemberNames(string serviceAccount, string @namespace)
    {
        ServiceAccount = serviceAccount;
        Role = $"kubefed-controller-manager:{serviceAccount}";
        HealthCheckRole = $"kubefed-controller-manager:{@namespace}:healthcheck-{serviceAccount}";
        TokenRole = $"kubefed-controller-manager:token-{serviceAccount}";
        TokenSecret = $"{serviceAccount}-token";
    }

    /// <summary><c>CLUSTER-HOST</c>.</summary>
    public string ServiceAccount { get; }

    /// <summary>The ClusterRole or Role with the control plane's rights, and its binding.</summary>
    public string Role { get; }

    /// <summary>The ClusterRole, and its binding, with what health checks need where the control plane is limited to a namespace.</summary>
    public string HealthCheckRole { get; }

    /// <summary>The Role, and its binding, that lets a narrowed control plane renew its own token.</summary>
    public string TokenRole { get; }

    /// <summary>The explicit token Secret, made only where the member does not serve TokenRequest.</summary>
    public string TokenSecret { get; }

    /// <summary>Makes the names, refusing what Kubernetes would refuse later.</summary>
    /// <exception cref="UserException">A name is not usable; the message names the flag to set.</exception>
    public static MemberNames For(string cluster, string hostClusterName, string hostContext, string @namespace)
    {
        if (!IsName(cluster))
        {
            throw new UserException(
                $"\"{cluster}\" cannot be the name of a cluster: use lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit, and name the context with --cluster-context");
        }

        var host = hostClusterName.Length > 0 ? hostClusterName : hostContext;
        if (!IsName(host))
        {
            throw new UserException(hostClusterName.Length > 0
                ? $"--host-cluster-name \"{host}\" is not usable in names: use lower-case letters, digits, '-' and '.'"
                : $"the host's context \"{host}\" is not usable in names: pass --host-cluster-name with lower-case letters, digits, '-' and '.'");
        }

        var serviceAccount = $"{cluster}-{host}";
        return serviceAccount.Length <= LongestName - "-token".Length
            ? new MemberNames(serviceAccount, @namespace)
            : throw new UserException($"the name \"{serviceAccount}\" is too long: pass a shorter --host-cluster-name");
    }

    private static bool IsName(string text) => NameValidation.IsDns1123Subdomain(text).Count == 0;
}
