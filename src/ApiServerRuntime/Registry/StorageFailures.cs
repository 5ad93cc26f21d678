using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What clients are told when the storage fails.</summary>
internal static class StorageFailures
{
    private static readonly StatusDetails Retry = new() { RetryAfterSeconds = 1 };

    /// <summary>504: a revision that has not been reached.</summary>
    public static StatusException TooLarge(long requested, long current) => new(new Status
    {
        Outcome = "Failure",
        Code = 504,
        Reason = StatusReason.Timeout,
        Message = $"Timeout: Too large resource version: {requested}, current: {current}",
        Details = new StatusDetails
        {
            Causes = [new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" }],
            RetryAfterSeconds = 1,
        },
    });

    /// <summary>Whether an exception is a failure of the storage.</summary>
    public static bool Covers(Exception exception) => exception is StorageFullException
        or StorageUnavailableException
        or RevisionTooLargeException
        or RevisionCompactedException
        or KubeObjectFormatException
        or TimeoutException;

    /// <summary>What a failure of the storage is to the client.</summary>
    public static StatusException Translate(Exception exception) => exception switch
    {
        StorageFullException e => Failure(507, "InsufficientStorage", $"the storage is full: {e.Message}", null, e),
        StorageUnavailableException e => Failure(
            503, StatusReason.ServiceUnavailable, $"the storage is not available: {e.Message}", Retry, e),
        RevisionTooLargeException e => TooLarge(e.Requested, e.Current),
        RevisionCompactedException e => Failure(410, StatusReason.Expired, "The resourceVersion for the provided list is too old.", null, e),
        TimeoutException e => Failure(
            504, StatusReason.Timeout, "Timeout: request did not complete within the allotted time", Retry, e),
        _ => Failure(500, StatusReason.InternalError, $"Internal error occurred: {exception.Message}", null, exception),
    };

    private static StatusException Failure(int code, string reason, string message, StatusDetails? details, Exception inner) => new(
        new Status { Outcome = "Failure", Code = code, Reason = reason, Message = message, Details = details }, inner);
}
