namespace KubeFed.ApiMachinery.Paths;

/// <summary>A text that is no JSONPath. The message says what is wrong, and where.</summary>
public sealed class JsonPathException : FormatException
{
    /// <summary>Creates the exception with its sentence.</summary>
    public JsonPathException(string message)
        : base(message)
    {
    }
}
