namespace KubeFed.Hyperfed.Playground;

/// <summary>The playground cannot be had, or not go on; the message is for the person who asked for it.</summary>
internal sealed class PlaygroundException : Exception
{
    public PlaygroundException()
    {
    }

    public PlaygroundException(string message)
        : base(message)
    {
    }

    public PlaygroundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
