namespace KubeFed.Kubefedctl.Orphaning;

/// <summary>What to do about the orphaning deletion of an object.</summary>
internal enum OrphaningAction
{
    /// <summary>Switch it on.</summary>
    Enable,

    /// <summary>Switch it off.</summary>
    Disable,

    /// <summary>Tell how it is.</summary>
    Status,
}
