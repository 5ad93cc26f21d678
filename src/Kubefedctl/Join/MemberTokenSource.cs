using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Join;

/// <summary>
/// Gets a token for the control plane's account on a member: through TokenRequest, or where the member does not serve it
/// through an explicit token Secret that the member's controllers fill.
/// </summary>
internal sealed class MemberTokenSource(ClusterConnection member, ObjectEnsurer ensurer, TimeProvider time)
{
    private const string AccountAnnotation = "kubernetes.io/service-account.name";
    private const string TokenType = "kubernetes.io/service-account-token";

    /// <summary>Asked for; servers give what their own limit allows, and the control plane renews in time.</summary>
    private static readonly TimeSpan WantedLifetime = TimeSpan.FromDays(365);

    private static readonly GroupVersionResource ServiceAccounts = KubeResources.ServiceAccounts;

    public async Task<MemberToken> GetAsync(NamespacedName account, string secretName, CancellationToken cancellationToken)
    {
        var requested = await Poll.UntilAsync(time, Poll.Interval, Poll.Timeout, c => TryRequestAsync(account, c), cancellationToken)
            ?? throw new UserException($"{member.Title}: ServiceAccount \"{account}\" was created but cannot be found; try again");
        return requested.Token ?? await ReadSecretAsync(account, secretName, cancellationToken);
    }

    /// <summary>Null: the account is not there yet. A result without a token: TokenRequest is not served.</summary>
    private async Task<TokenAnswer?> TryRequestAsync(NamespacedName account, CancellationToken cancellationToken)
    {
        var request = Manifest.Begin("authentication.k8s.io/v1", "TokenRequest", account.Namespace, account.Name);
        request["spec"] = new JsonObject { ["expirationSeconds"] = (long)WantedLifetime.TotalSeconds };
        try
        {
            var answer = await member.Client.CreateAsync(
                ServiceAccounts, KubeObject.FromNode(request), new WriteOptions { Subresource = "token" }, cancellationToken);
            return new TokenAnswer(Read(answer));
        }
        catch (StatusException e) when (e.IsNotFound && !string.IsNullOrEmpty(e.Status.Details?.Name))
        {
            return null;
        }
        catch (StatusException e) when (e.IsNotFound || e.IsMethodNotSupported)
        {
            return new TokenAnswer(null);
        }
    }

    private MemberToken Read(KubeObject answer)
    {
        var token = answer.GetString("status", "token");
        if (string.IsNullOrEmpty(token))
        {
            throw new UserException($"{member.Title} answered a TokenRequest without a token; check what proxies stand before it");
        }

        DateTimeOffset? expires = DateTimeOffset.TryParse(
            answer.GetString("status", "expirationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        return new MemberToken(token, ReadOnlyMemory<byte>.Empty, expires);
    }

    private async Task<MemberToken> ReadSecretAsync(NamespacedName account, string secretName, CancellationToken cancellationToken)
    {
        var secret = Manifest.Begin("v1", "Secret", account.Namespace, secretName).WithLabel(JoinLabels.CreatedBy, JoinLabels.Join);
        secret["metadata"]!["annotations"] = new JsonObject { [AccountAnnotation] = account.Name };
        secret["type"] = TokenType;
        var found = await ensurer.EnsureExistsAsync(KubeResources.Secrets, secret, cancellationToken);
        if (!IsTokenOf(account, found))
        {
            throw new UserException(
                $"{member.Title}: secret \"{found.Key}\" exists and holds no token of ServiceAccount \"{account}\"; rename or delete it, or pass another --host-cluster-name");
        }

        return await Poll.UntilAsync(
                time, Poll.Interval, Poll.Timeout, c => TryReadSecretAsync(new NamespacedName(account.Namespace, secretName), c), cancellationToken)
            ?? throw new UserException(
                $"{member.Title} serves no TokenRequest and gave Secret \"{account.Namespace}/{secretName}\" no token within {Poll.Timeout.TotalSeconds:0} s; check that its kube-controller-manager runs");
    }

    private static bool IsTokenOf(NamespacedName account, KubeObject secret) =>
        secret.GetString("type") == TokenType
        && secret.Metadata.Annotations.TryGetValue(AccountAnnotation, out var name) && name == account.Name;

    private async Task<MemberToken?> TryReadSecretAsync(NamespacedName name, CancellationToken cancellationToken)
    {
        var secret = await member.Client.GetAsync(KubeResources.Secrets, name, null, cancellationToken);
        return secret.GetString("data", "token") is { Length: > 0 } token
            ? new MemberToken(Encoding.UTF8.GetString(Decode(token)), Decode(secret.GetString("data", "ca.crt") ?? ""), null)
            : null;
    }

    private static byte[] Decode(string base64) => Convert.FromBase64String(base64);

    private sealed record TokenAnswer(MemberToken? Token);
}
