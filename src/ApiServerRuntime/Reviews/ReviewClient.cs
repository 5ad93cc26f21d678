using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>
/// Sends a review to the host's API server. Each try is given ten seconds; a failure that may pass is tried again after 0.5 s, growing by half
/// with a jitter of a fifth, five times in all.
/// </summary>
internal sealed class ReviewClient(IResourceWriter host, GroupVersionResource resource, string kind, TimeProvider time, Action<string>? retrying = null)
{
    private const int Tries = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Sends a spec and returns the answer's status.</summary>
    public async Task<JsonObject> ReviewAsync(JsonObject spec, CancellationToken cancellationToken)
    {
        var review = KubeObject.FromNode(new JsonObject
        {
            ["apiVersion"] = resource.GroupVersion.ToString(),
            ["kind"] = kind,
            ["metadata"] = new JsonObject(),
            ["spec"] = spec,
        });
        var pause = TimeSpan.FromMilliseconds(500);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(review, cancellationToken);
            }
            catch (Exception e) when (attempt < Tries && MayPass(e, cancellationToken))
            {
                retrying?.Invoke(e.Message);
                await Task.Delay(Jittered(pause), time, cancellationToken);
                pause *= 1.5;
            }
        }
    }

    private static bool MayPass(Exception e, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested && e switch
    {
        StatusException status => status.IsInternalError || status.IsServiceUnavailable || status.IsTooManyRequests || status.IsTimeout || status.IsServerTimeout,
        HttpRequestException or TimeoutException or IOException or OperationCanceledException => true,
        _ => false,
    };

    private static TimeSpan Jittered(TimeSpan pause) =>
        pause + (pause * 0.2 * System.Security.Cryptography.RandomNumberGenerator.GetInt32(1000) / 1000);

    private async Task<JsonObject> SendAsync(KubeObject review, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var answer = await host.CreateAsync(resource, review, null, both.Token);
        return answer.GetNode("status") as JsonObject ?? [];
    }
}
