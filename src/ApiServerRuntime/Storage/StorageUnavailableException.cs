namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>The store cannot be reached or cannot take more work. A write that fails so may or may not have happened.</summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Creates the exception with a sentence for the person who runs the server.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public StorageUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
