namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>What a policy says of a request.</summary>
/// <param name="Level">How much is written.</param>
/// <param name="OmitStages">The stages of which nothing is.</param>
/// <param name="OmitManagedFields">Whether bodies are written without their managed fields.</param>
public sealed record AuditDecision(AuditLevel Level, IReadOnlySet<AuditStage> OmitStages, bool OmitManagedFields);
