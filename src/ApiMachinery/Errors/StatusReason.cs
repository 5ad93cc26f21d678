namespace KubeFed.ApiMachinery.Errors;

/// <summary>The machine-readable reasons of a Status (meta/v1 StatusReason).</summary>
public static class StatusReason
{
    /// <summary>401: no valid credentials.</summary>
    public const string Unauthorized = "Unauthorized";

    /// <summary>403: known, but not allowed.</summary>
    public const string Forbidden = "Forbidden";

    /// <summary>404: no such object or resource.</summary>
    public const string NotFound = "NotFound";

    /// <summary>409: an object of that name exists.</summary>
    public const string AlreadyExists = "AlreadyExists";

    /// <summary>409: the object changed meanwhile, or a field belongs to another manager.</summary>
    public const string Conflict = "Conflict";

    /// <summary>410: the thing is gone for good.</summary>
    public const string Gone = "Gone";

    /// <summary>410: the version is compacted; list anew.</summary>
    public const string Expired = "Expired";

    /// <summary>422: the object breaks rules; causes name the fields.</summary>
    public const string Invalid = "Invalid";

    /// <summary>500 or 504: try another time; the server could not finish.</summary>
    public const string ServerTimeout = "ServerTimeout";

    /// <summary>504: the request ran out of time.</summary>
    public const string Timeout = "Timeout";

    /// <summary>429: slow down; retry after the stated seconds.</summary>
    public const string TooManyRequests = "TooManyRequests";

    /// <summary>400: the request makes no sense.</summary>
    public const string BadRequest = "BadRequest";

    /// <summary>405: the resource does not know the verb.</summary>
    public const string MethodNotAllowed = "MethodNotAllowed";

    /// <summary>406: none of the accepted media types can be served.</summary>
    public const string NotAcceptable = "NotAcceptable";

    /// <summary>413: the body is too large.</summary>
    public const string RequestEntityTooLarge = "RequestEntityTooLarge";

    /// <summary>415: the body's media type is not known.</summary>
    public const string UnsupportedMediaType = "UnsupportedMediaType";

    /// <summary>500: a fault of the server.</summary>
    public const string InternalError = "InternalError";

    /// <summary>503: not now.</summary>
    public const string ServiceUnavailable = "ServiceUnavailable";
}
