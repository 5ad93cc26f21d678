using KubeFed.ApiMachinery.Errors;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Join;

/// <summary>Proves that a token reaches its cluster before anything relies on it.</summary>
internal sealed class TokenTrial(IClusterConnector connector, TimeProvider time)
{
    private const string Path = "/healthz";

    /// <summary>
    /// Asks for the member's health as the control plane will. A refusal is tried again for a while: rights and tokens
    /// take a moment to be known on every server of a cluster.
    /// </summary>
    public async Task RunAsync(ClusterConnection member, ClusterEndpoint endpoint, MemberToken token, CancellationToken cancellationToken)
    {
        await using var trial = connector.ConnectWithToken(endpoint, token.Value);
        var last = 0;
        var accepted = await Poll.UntilAsync(
            time,
            Poll.Interval,
            Poll.Timeout,
            async c =>
            {
                last = await AskAsync(trial, c);
                return last is 401 or 403 ? null : "accepted";
            },
            cancellationToken);
        if (accepted is null)
        {
            throw new UserException(last == 401
                ? $"{member.Title} does not accept the token it issued; check that nothing between here and the server drops the Authorization header"
                : $"{member.Title} accepts the token but does not let it read {Path}, which health checks need; bind that right to the role");
        }
    }

    private static async Task<int> AskAsync(TokenClient trial, CancellationToken cancellationToken)
    {
        try
        {
            var (code, _) = await trial.Client.GetPathAsync(Path, cancellationToken);
            return code;
        }
        catch (StatusException e)
        {
            return e.Code;
        }
    }
}
