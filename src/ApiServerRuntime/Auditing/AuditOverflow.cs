namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>What happens to events when they come faster than they can be written.</summary>
public enum AuditOverflow
{
    /// <summary>Requests wait until there is room, as long as their clients do: no event is lost, and a full disk stops the server.</summary>
    Block,

    /// <summary>Events are dropped and counted, and a log line says so.</summary>
    Drop,
}
