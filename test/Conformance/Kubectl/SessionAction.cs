namespace KubeFed.Conformance.Kubectl;

/// <summary>What a line of a session does.</summary>
internal enum SessionAction
{
    /// <summary>Runs a command that succeeds.</summary>
    Succeed,

    /// <summary>Runs a command that fails.</summary>
    Fail,

    /// <summary>Starts a command in the background and waits for its first lines.</summary>
    Start,

    /// <summary>Waits for more lines of the command in the background, then ends it.</summary>
    Finish,
}
