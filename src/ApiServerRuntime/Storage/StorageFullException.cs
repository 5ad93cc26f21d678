namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>The store has no room left. The write did not happen; reads go on.</summary>
public sealed class StorageFullException : Exception
{
    /// <summary>Creates the exception with a sentence for the person who runs the server.</summary>
    public StorageFullException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public StorageFullException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
