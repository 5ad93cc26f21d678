namespace KubeFed.ApiMachinery.Selectors;

internal enum SelectorToken
{
    End,
    Identifier,
    Comma,
    Open,
    Close,
    Not,
    Equals,
    DoubleEquals,
    NotEquals,
    Greater,
    Less,
    In,
    NotIn,
}
