using System.Text;
using MedId.Cli;

// The texts are Japanese too; the locale of the terminal does not decide whether they can be read from a file.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024);
return await MedIdCommand.RunAsync(args, output, Console.Error, Console.OpenStandardInput);
