namespace KubeFed.ApiMachinery.Errors;

/// <summary>
/// A failure that a Kubernetes API reports, or would report, as a <see cref="Errors.Status"/>. Made by the factories of
/// <see cref="StatusErrors"/>; callers ask the predicates, which look at the reason first and at the code where there is none.
/// </summary>
public sealed class StatusException : Exception
{
    /// <summary>Wraps a status.</summary>
    public StatusException(Status status)
        : base(status.Message ?? $"the server answered {status.Code}") => Status = status;

    /// <summary>Wraps a status and what caused it.</summary>
    public StatusException(Status status, Exception inner)
        : base(status.Message ?? $"the server answered {status.Code}", inner) => Status = status;

    /// <summary>The failure as the API says it.</summary>
    public Status Status { get; }

    /// <summary>The HTTP status code.</summary>
    public int Code => Status.Code;

    /// <summary>How long the server asks to wait before another try; null for no advice.</summary>
    public TimeSpan? RetryAfter =>
        Status.Details?.RetryAfterSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>404.</summary>
    public bool IsNotFound => Is(StatusReason.NotFound, 404);

    /// <summary>409 because an object of that name exists.</summary>
    public bool IsAlreadyExists => Status.Reason == StatusReason.AlreadyExists;

    /// <summary>409 because the object changed, or because a field belongs to another manager.</summary>
    public bool IsConflict => Is(StatusReason.Conflict, 409);

    /// <summary>422.</summary>
    public bool IsInvalid => Is(StatusReason.Invalid, 422);

    /// <summary>400.</summary>
    public bool IsBadRequest => Is(StatusReason.BadRequest, 400);

    /// <summary>401.</summary>
    public bool IsUnauthorized => Is(StatusReason.Unauthorized, 401);

    /// <summary>403.</summary>
    public bool IsForbidden => Is(StatusReason.Forbidden, 403);

    /// <summary>405.</summary>
    public bool IsMethodNotSupported => Is(StatusReason.MethodNotAllowed, 405);

    /// <summary>406.</summary>
    public bool IsNotAcceptable => Is(StatusReason.NotAcceptable, 406);

    /// <summary>415.</summary>
    public bool IsUnsupportedMediaType => Is(StatusReason.UnsupportedMediaType, 415);

    /// <summary>410: the version asked for is no longer kept; list anew.</summary>
    public bool IsExpired => Status.Reason is StatusReason.Expired or StatusReason.Gone || (Status.Reason is null && Code == 410);

    /// <summary>429.</summary>
    public bool IsTooManyRequests => Is(StatusReason.TooManyRequests, 429);

    /// <summary>504: the request ran out of time at the server.</summary>
    public bool IsTimeout => Is(StatusReason.Timeout, 504);

    /// <summary>The server could not finish in time and asks for another try.</summary>
    public bool IsServerTimeout => Status.Reason == StatusReason.ServerTimeout;

    /// <summary>503.</summary>
    public bool IsServiceUnavailable => Is(StatusReason.ServiceUnavailable, 503);

    /// <summary>500.</summary>
    public bool IsInternalError => Is(StatusReason.InternalError, 500);

    /// <summary>A namespace is being deleted, so nothing can be created in it.</summary>
    public bool IsNamespaceTerminating => IsForbidden && HasCause("NamespaceTerminating");

    /// <summary>A list or get asked for a version that the server has not reached yet.</summary>
    public bool IsTooLargeResourceVersion => IsTimeout && HasCause("ResourceVersionTooLarge");

    /// <summary>Whether one of the causes has that reason.</summary>
    public bool HasCause(string reason) => Status.Details?.Causes?.Any(c => c?.Reason == reason) ?? false;

    private bool Is(string reason, int code) => Status.Reason == reason || (string.IsNullOrEmpty(Status.Reason) && Code == code);
}
