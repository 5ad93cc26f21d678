using System.Globalization;
using KubeFed.ApiMachinery.Errors;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>Asks a cluster's <c>/healthz</c>.</summary>
internal sealed class ClusterProber(Func<ClusterSettings> currentSettings, TimeProvider time)
{
    /// <summary>One probe. Whatever goes wrong is its result.</summary>
    public async Task<Probe> ProbeAsync(IDynamicClient client, CancellationToken cancellationToken)
    {
        var limit = currentSettings().Timeout;
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var (code, body) = await client.GetPathAsync("/healthz", either.Token);
            if (code is < 200 or > 299)
            {
                return new Probe(ProbeState.Offline, Describe(code));
            }

            return string.Equals(body.Trim(), "ok", StringComparison.OrdinalIgnoreCase)
                ? new Probe(ProbeState.Ready, "")
                : new Probe(ProbeState.NotReady, "/healthz responded without ok");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Probe(ProbeState.Offline, string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds:0.###}s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or StatusException or TimeoutException)
        {
            return new Probe(ProbeState.Offline, e.Message);
        }
    }

    private static string Describe(int code) => code switch
    {
        401 => "the cluster does not accept the token of its Secret: /healthz answered with code 401",
        403 => "the cluster does not let the control plane get /healthz, which health checks need: it answered with code 403",
        _ => string.Create(CultureInfo.InvariantCulture, $"/healthz answered with code {code}"),
    };
}
