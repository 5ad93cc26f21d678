namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>An error that trying again cannot cure: the controller reports it and waits for the object to change.</summary>
public sealed class TerminalException : Exception
{
    /// <summary>An error without a message of its own.</summary>
    public TerminalException()
    {
    }

    /// <summary>An error that a person can act on.</summary>
    public TerminalException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public TerminalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
