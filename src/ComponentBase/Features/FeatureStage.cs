namespace KubeFed.ComponentBase.Features;

/// <summary>How far a feature has come.</summary>
public enum FeatureStage
{
    /// <summary>May change or go at any time.</summary>
    Alpha,

    /// <summary>Will stay, details may change.</summary>
    Beta,

    /// <summary>Done: it can no longer be switched from its default.</summary>
    Ga,
}
