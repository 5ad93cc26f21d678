namespace KubeFed.ComponentBase.Hosting;

/// <summary>A program cannot start for a reason that its message tells in one sentence.</summary>
public sealed class ComponentStartException : Exception
{
    /// <summary>An error without a message of its own.</summary>
    public ComponentStartException()
    {
    }

    /// <summary>An error that a person can act on.</summary>
    public ComponentStartException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public ComponentStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
