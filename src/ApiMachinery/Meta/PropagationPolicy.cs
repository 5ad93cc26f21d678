namespace KubeFed.ApiMachinery.Meta;

/// <summary>What becomes of the dependents of a deleted object.</summary>
public enum PropagationPolicy
{
    /// <summary>Not sent: the type's default.</summary>
    Unset,

    /// <summary>They are kept and lose the owner.</summary>
    Orphan,

    /// <summary>They are deleted afterwards.</summary>
    Background,

    /// <summary>They are deleted first.</summary>
    Foreground,
}
