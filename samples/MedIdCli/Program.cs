using System.Text;
using MedId.Cli;

// The texts are Japanese too; the locale of the terminal does not decide whether they can be read from a file.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return MedIdCommand.Run(args, Console.Out, Console.Error);
