namespace KubeFed.KubeClient.Dynamic;

/// <summary>
/// A watch carried something that is no event: not JSON, of a wrong shape, or larger than allowed. Watching again from
/// the same version would meet it again; list anew.
/// </summary>
public sealed class WatchFormatException : IOException
{
    /// <summary>Creates the exception with its sentence.</summary>
    public WatchFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its sentence and its cause.</summary>
    public WatchFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
