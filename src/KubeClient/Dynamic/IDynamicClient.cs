namespace KubeFed.KubeClient.Dynamic;

/// <summary>
/// The verbs of one Kubernetes API server for objects of any type. Safe for concurrent use. Every method throws
/// <see cref="KubeFed.ApiMachinery.Errors.StatusException"/> with the server's own status when the server refuses, and
/// <see cref="HttpRequestException"/> when it cannot be reached. 429 and 503 with Retry-After are waited out and tried
/// again within a bound; other failures are retried only for calls that change nothing.
/// </summary>
public interface IDynamicClient : IResourceReader, IResourceWriter
{
    /// <summary>Sends a GET for a path that is no resource, such as <c>/healthz</c>, and returns code and body (at most 1 MiB).</summary>
    Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default);
}
