namespace KubeFed.Conformance.Faults.Histories;

/// <summary>What a client asked for.</summary>
internal enum OperationKind
{
    Create,
    Update,
    Patch,
    Delete,
    Get,
    List,
}
