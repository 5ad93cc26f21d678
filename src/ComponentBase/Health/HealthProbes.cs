namespace KubeFed.ComponentBase.Health;

/// <summary>The questions that a health check answers.</summary>
[Flags]
public enum HealthProbes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>/healthz</c>.</summary>
    Healthz = 1,

    /// <summary><c>/livez</c>: whether the process should be restarted.</summary>
    Livez = 2,

    /// <summary><c>/readyz</c>: whether the process should get work.</summary>
    Readyz = 4,

    /// <summary>All three.</summary>
    All = Healthz | Livez | Readyz,
}
