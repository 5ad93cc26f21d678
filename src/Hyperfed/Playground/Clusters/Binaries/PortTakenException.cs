namespace KubeFed.Hyperfed.Playground.Clusters.Binaries;

/// <summary>Another process took the port of a server before that had it.</summary>
internal sealed class PortTakenException : Exception
{
    public PortTakenException()
    {
    }

    public PortTakenException(string message)
        : base(message)
    {
    }

    public PortTakenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
