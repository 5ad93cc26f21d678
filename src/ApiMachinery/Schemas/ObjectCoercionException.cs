namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// An object's metadata cannot be read. The message is what the API server answers with code 400, after
/// <c>Widget in version "v1" cannot be handled as a Widget: </c>.
/// </summary>
public sealed class ObjectCoercionException : Exception
{
    /// <summary>Nothing is known but that it cannot be read.</summary>
    public ObjectCoercionException()
    {
    }

    /// <summary>Why it cannot be read.</summary>
    public ObjectCoercionException(string message)
        : base(message)
    {
    }

    /// <summary>Why it cannot be read, and what led to it.</summary>
    public ObjectCoercionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
