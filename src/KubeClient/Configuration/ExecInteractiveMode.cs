namespace KubeFed.KubeClient.Configuration;

/// <summary>Whether a credential plugin talks to the person at the terminal.</summary>
public enum ExecInteractiveMode
{
    /// <summary>It is given the standard input where that is a terminal.</summary>
    IfAvailable,

    /// <summary>It is never given the standard input.</summary>
    Never,

    /// <summary>It needs a terminal; without one it is not started and the call fails.</summary>
    Always,
}
