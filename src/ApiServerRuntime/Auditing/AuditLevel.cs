namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>How much of a request is written. A level has all that those before it have.</summary>
public enum AuditLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Who did what when, with which outcome; no bodies.</summary>
    Metadata,

    /// <summary>The object that was sent, too.</summary>
    Request,

    /// <summary>The object that was answered, too.</summary>
    RequestResponse,
}
