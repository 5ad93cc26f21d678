namespace KubeFed.KubeClient.Dynamic;

/// <summary>
/// The verbs of one Kubernetes API server for objects of any type. Safe for concurrent use. Every method throws
/// <see cref="KubeFed.ApiMachinery.Errors.StatusException"/> with the server's own status when the server refuses, and
/// <see cref="HttpRequestException"/> when it cannot be reached. 429 with Retry-After is waited out and tried again
/// within a bound; so is 503, but for create, other patches than apply, and deleting a collection, which may have been done all the same.
/// Other failures are retried only for calls that change nothing.
/// </summary>
public interface IDynamicClient : IResourceReader, IResourceWriter
{
    /// <summary>Sends a GET for a path that is no resource, such as <c>/healthz</c>, and returns code and body (at most 1 MiB).</summary>
    Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default);
}
