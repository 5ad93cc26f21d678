using KubeFed.KubeClient.Transport;

namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>
/// Carries writes only while this process leads. A process that is suspended past its lease goes on, when it wakes up, with what it was
/// about to do, before anything has told it that another leads now: here it is stopped, by the clock at the moment of sending. Reads
/// always pass. The lease's own requests do not belong here.
/// </summary>
/// <param name="transport">What carries the requests; stays the caller's to dispose.</param>
/// <param name="isLeader">Whether this process leads now, such as <see cref="LeaderElector.IsLeader"/>; asked before every write.</param>
public sealed class LeaderTransport(IKubeTransport transport, Func<bool> isLeader) : IKubeTransport
{
    /// <inheritdoc/>
    public Uri BaseAddress => transport.BaseAddress;

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">The request is a write and this process does not lead; nothing was sent.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Method == HttpMethod.Get || isLeader()
            ? transport.SendAsync(request, cancellationToken)
            : Task.FromException<HttpResponseMessage>(new HttpRequestException(
                $"{request.Method} was not sent to {BaseAddress.Authority}: this process does not lead any more"));
    }
}
