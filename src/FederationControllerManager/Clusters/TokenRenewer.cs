using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>
/// Renews the tokens of members before they end: past four fifths of a token's life the member is asked for a new one for
/// the same service account, and the host's Secret gets it. Tokens without an end are left alone.
/// </summary>
internal sealed class TokenRenewer(IDynamicClient host, TimeProvider time, ILogger<TokenRenewer> logger)
{
    private const double RenewAt = 0.8;
    private static readonly GroupVersionResource Secrets = new("", "v1", "secrets");
    private static readonly GroupVersionResource ServiceAccounts = new("", "v1", "serviceaccounts");
    private static readonly WriteOptions SecretWrite = new() { FieldManager = FederationNames.FieldManager };

    /// <summary>Renews the token of a cluster if it is time. A failure is logged; the old token is good for a while yet.</summary>
    public async Task RenewIfDueAsync(KubeFedCluster cluster, KubeObject? secret, IDynamicClient member, CancellationToken cancellationToken)
    {
        if (secret is null || SecretToken.Read(secret) is not { } token || ServiceAccountToken.TryRead(token) is not { } current || !IsDue(current))
        {
            return;
        }

        try
        {
            var renewed = await RequestAsync(member, current, cancellationToken);
            var patch = new JsonObject
            {
                ["data"] = new JsonObject { [FederationNames.TokenKey] = Convert.ToBase64String(Encoding.UTF8.GetBytes(renewed)) },
            };
            await host.PatchAsync(Secrets, secret.Key, Patch.Merge(patch), SecretWrite, cancellationToken);
            ClusterLog.TokenRenewed(logger, cluster.Metadata.Name);
        }
        catch (Exception e) when (e is StatusException or HttpRequestException or IOException or KubeObjectFormatException)
        {
            ClusterLog.TokenNotRenewed(logger, cluster.Metadata.Name, current.ExpiresAt, e.Message);
        }
    }

    private bool IsDue(ServiceAccountToken token) =>
        time.GetUtcNow() >= token.IssuedAt + ((token.ExpiresAt - token.IssuedAt) * RenewAt);

    private static async Task<string> RequestAsync(IDynamicClient member, ServiceAccountToken token, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["metadata"] = new JsonObject { ["name"] = token.Account.Name, ["namespace"] = token.Account.Namespace },
            ["spec"] = new JsonObject { ["expirationSeconds"] = (long)(token.ExpiresAt - token.IssuedAt).TotalSeconds },
        };
        var answer = await member.CreateAsync(
            ServiceAccounts, KubeObject.FromNode(request), new WriteOptions { Subresource = "token" }, cancellationToken);
        return answer.GetString("status", "token") is { Length: > 0 } renewed
            ? renewed
            : throw new KubeObjectFormatException("the answer to the TokenRequest has no status.token");
    }
}
