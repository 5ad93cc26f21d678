namespace KubeFed.DevClusters;

/// <summary>A cluster cannot be started; the message is one sentence for a person.</summary>
public sealed class DevClusterException : Exception
{
    /// <summary>Creates an exception.</summary>
    public DevClusterException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
