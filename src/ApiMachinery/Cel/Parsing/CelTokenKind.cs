namespace KubeFed.ApiMachinery.Cel.Parsing;

internal enum CelTokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Symbol,
    Literal,
}
