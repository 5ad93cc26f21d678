using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Events;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>
/// Renews the tokens of members before they end: past four fifths of a token's life the member is asked for a new one for
/// the same service account, and the host's Secret gets it. Tokens without an end are left alone.
/// </summary>
internal sealed class TokenRenewer(IDynamicClient host, IEventRecorder events, TimeProvider time, ILogger<TokenRenewer> logger)
{
    private const double RenewAt = 0.8;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private static readonly GroupVersionResource Secrets = new("", "v1", "secrets");
    private static readonly GroupVersionResource ServiceAccounts = new("", "v1", "serviceaccounts");
    private static readonly WriteOptions SecretWrite = new() { FieldManager = FederationNames.FieldManager };

    private readonly ConcurrentDictionary<string, long> _failedAt = new(StringComparer.Ordinal);

    /// <summary>
    /// Renews the token of a cluster if it is time. A failure is told and tried again after a minute; the old token is good for a while yet.
    /// </summary>
    /// <param name="cluster">The KubeFedCluster.</param>
    /// <param name="secret">Its Secret, or null where there is none.</param>
    /// <param name="member">The cluster's API.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public async Task RenewIfDueAsync(KubeObject cluster, KubeObject? secret, IDynamicClient member, CancellationToken cancellationToken)
    {
        if (secret is null || MemberSecret.Read(secret) is not { } held || ServiceAccountToken.TryRead(held.Token) is not { } current || !IsDue(current))
        {
            Forget(cluster.Metadata.Name);
            return;
        }

        if (_failedAt.TryGetValue(cluster.Metadata.Name, out var failedAt) && time.GetElapsedTime(failedAt) < RetryAfter)
        {
            return;
        }

        try
        {
            var renewed = await RequestAsync(member, current, cancellationToken);
            await host.PatchAsync(Secrets, secret.Key, Patch.Merge(Content(secret, renewed)), SecretWrite, cancellationToken);
            Forget(cluster.Metadata.Name);
            ClusterLog.TokenRenewed(logger, cluster.Metadata.Name);
        }
        catch (StatusException e) when (e.IsConflict)
        {
            // Somebody else has changed the Secret: the watch brings it.
        }
        catch (Exception e) when (e is StatusException or HttpRequestException or IOException or KubeObjectFormatException)
        {
            _failedAt[cluster.Metadata.Name] = time.GetTimestamp();
            ClusterLog.TokenNotRenewed(logger, cluster.Metadata.Name, current.ExpiresAt, e.Message);
            events.Record(
                cluster, EventType.Warning, CoreEventReasons.TokenRenewalFailed, "RenewToken", $"the token, which ends at {current.ExpiresAt:u}, could not be renewed: {e.Message}");
        }
    }

    /// <summary>Forgets the failures of a cluster.</summary>
    public void Forget(string cluster) => _failedAt.TryRemove(cluster, out _);

    private bool IsDue(ServiceAccountToken token) =>
        time.GetUtcNow() >= token.IssuedAt + ((token.ExpiresAt - token.IssuedAt) * RenewAt);

    /// <summary>The new token, for that version of the Secret only: what others put into it meanwhile is newer.</summary>
    private static JsonObject Content(KubeObject secret, string token) => new()
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = secret.Metadata.ResourceVersion },
        ["data"] = new JsonObject { [FederationNames.TokenKey] = Convert.ToBase64String(Encoding.UTF8.GetBytes(token)) },
    };

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
