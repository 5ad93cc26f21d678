using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiMachinery.Errors;

/// <summary>Makes the failures of a Kubernetes API, with kube-apiserver's texts.</summary>
public static class StatusErrors
{
    /// <summary>404 for a named object.</summary>
    public static StatusException NotFound(GroupResource resource, string name) =>
        Failure(404, StatusReason.NotFound, $"{resource} \"{name}\" not found", Details(resource, name));

    /// <summary>409 for a name that is taken.</summary>
    public static StatusException AlreadyExists(GroupResource resource, string name) =>
        Failure(409, StatusReason.AlreadyExists, $"{resource} \"{name}\" already exists", Details(resource, name));

    /// <summary>409 for a write on a version that is no longer the newest.</summary>
    public static StatusException Conflict(GroupResource resource, string name, string why) =>
        Failure(409, StatusReason.Conflict, $"Operation cannot be fulfilled on {resource} \"{name}\": {why}", Details(resource, name));

    /// <summary>422 with a cause for each field.</summary>
    public static StatusException Invalid(GroupKind kind, string name, IReadOnlyList<StatusCause> causes)
    {
        var lines = causes.Select(c => string.IsNullOrEmpty(c.Field) ? c.Message : $"{c.Field}: {c.Message}").ToArray();
        var reason = lines.Length == 1 ? lines[0] : $"[{string.Join(", ", lines)}]";
        return Failure(
            422,
            StatusReason.Invalid,
            $"{kind} \"{name}\" is invalid: {reason}",
            new StatusDetails { Name = NullIfEmpty(name), Group = NullIfEmpty(kind.Group), Kind = kind.Kind, Causes = causes });
    }

    /// <summary>400.</summary>
    public static StatusException BadRequest(string message) => Failure(400, StatusReason.BadRequest, message, null);

    /// <summary>401.</summary>
    public static StatusException Unauthorized(string message = "Unauthorized") =>
        Failure(401, StatusReason.Unauthorized, message, null);

    /// <summary>403 with what the user may not do.</summary>
    public static StatusException Forbidden(GroupResource resource, string name, string why)
    {
        var what = string.IsNullOrEmpty(name) ? $"{resource} is forbidden: {why}" : $"{resource} \"{name}\" is forbidden: {why}";
        return Failure(403, StatusReason.Forbidden, what, Details(resource, name));
    }

    /// <summary>405 for a verb that the resource does not have.</summary>
    public static StatusException MethodNotSupported(GroupResource resource, string verb) =>
        Failure(405, StatusReason.MethodNotAllowed, $"{verb} is not supported on resources of kind \"{resource}\"", Details(resource, ""));

    /// <summary>406 with what can be served.</summary>
    public static StatusException NotAcceptable(IEnumerable<string> accepted) =>
        Failure(406, StatusReason.NotAcceptable, $"only the following media types are accepted: {string.Join(", ", accepted)}", null);

    /// <summary>415 with what can be read.</summary>
    public static StatusException UnsupportedMediaType(IEnumerable<string> accepted) => Failure(
        415,
        StatusReason.UnsupportedMediaType,
        $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}",
        null);

    /// <summary>410 for a version that is compacted.</summary>
    public static StatusException Expired(string message) => Failure(410, StatusReason.Expired, message, null);

    /// <summary>413.</summary>
    public static StatusException RequestEntityTooLarge(string message) =>
        Failure(413, StatusReason.RequestEntityTooLarge, $"Request entity too large: {message}", null);

    /// <summary>429 with the seconds to wait.</summary>
    public static StatusException TooManyRequests(string message, int retryAfterSeconds) => Failure(
        429, StatusReason.TooManyRequests, message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>504 with the seconds to wait.</summary>
    public static StatusException Timeout(string message, int retryAfterSeconds) => Failure(
        504, StatusReason.Timeout, $"Timeout: {message}", new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>503.</summary>
    public static StatusException ServiceUnavailable(string message) => Failure(503, StatusReason.ServiceUnavailable, message, null);

    /// <summary>500 for a fault of the server.</summary>
    public static StatusException InternalError(string message) => Failure(
        500,
        StatusReason.InternalError,
        $"Internal error occurred: {message}",
        new StatusDetails { Causes = [new StatusCause { Message = message }] });

    private static StatusException Failure(int code, string reason, string message, StatusDetails? details) => new(
        new Status { Outcome = "Failure", Code = code, Reason = reason, Message = message, Details = details });

    private static StatusDetails Details(GroupResource resource, string name) =>
        new() { Name = NullIfEmpty(name), Group = NullIfEmpty(resource.Group), Kind = resource.Resource };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
