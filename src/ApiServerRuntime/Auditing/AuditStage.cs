namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>The points of a request's life at which an event is written.</summary>
public enum AuditStage
{
    /// <summary>It came and nobody looked at it yet.</summary>
    RequestReceived,

    /// <summary>The headers of the answer were sent and the body goes on for long: watches.</summary>
    ResponseStarted,

    /// <summary>The answer is whole.</summary>
    ResponseComplete,

    /// <summary>It failed in a way that it must not.</summary>
    Panic,
}
