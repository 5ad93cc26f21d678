namespace KubeFed.ApiMachinery.Selectors;

/// <summary>A selector that cannot be read; the message is the one that the Kubernetes tools give.</summary>
public sealed class SelectorFormatException : FormatException
{
    internal SelectorFormatException(string message)
        : base(message)
    {
    }
}
