namespace KubeFed.ApiMachinery.Cel.Parsing;

/// <summary>Ends reading at the first fault of syntax.</summary>
internal sealed class CelSyntaxException(int offset, string message) : Exception(message)
{
    public int Offset { get; } = offset;
}
