using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>The failures of reads and watches, with kube-apiserver's texts.</summary>
internal static class CacheErrors
{
    private const string TooLarge = "Too large resource version";

    /// <summary>410: a watch asks for events that are forgotten.</summary>
    public static StatusException TooOld(long revision, long oldest) =>
        StatusErrors.Expired($"too old resource version: {revision} ({oldest})");

    /// <summary>504: a revision that is not reached.</summary>
    public static StatusException NotReached(long revision, long current) => new(new Status
    {
        Outcome = "Failure",
        Code = 504,
        Reason = StatusReason.Timeout,
        Message = $"Timeout: {TooLarge}: {revision}, current: {current}",
        Details = new StatusDetails
        {
            Causes = [new StatusCause { Reason = "ResourceVersionTooLarge", Message = TooLarge }],
            RetryAfterSeconds = 1,
        },
    });

    /// <summary>429: the objects are being read.</summary>
    public static StatusException NotReady() => StatusErrors.TooManyRequests("storage is (re)initializing", 1);

    /// <summary>503: the storage cannot be asked.</summary>
    public static StatusException Unavailable(Exception cause) => Later($"the storage is not available: {cause.Message}", cause);

    /// <summary>503: no new watches.</summary>
    public static StatusException Draining() => Later("the server is shutting down", null);

    /// <summary>500: a selector failed.</summary>
    public static StatusException BrokenSelector(Exception cause) =>
        new(StatusErrors.InternalError($"the selector of the watch failed: {cause.Message}").Status, cause);

    private static StatusException Later(string message, Exception? cause)
    {
        var status = StatusErrors.ServiceUnavailable(message).Status with { Details = new StatusDetails { RetryAfterSeconds = 1 } };
        return cause is null ? new StatusException(status) : new StatusException(status, cause);
    }
}
