namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>The store does not take a value of that size. The write did not happen.</summary>
public sealed class ValueTooLargeException : Exception
{
    /// <summary>Creates the exception with a sentence for the client whose value it is.</summary>
    public ValueTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ValueTooLargeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
