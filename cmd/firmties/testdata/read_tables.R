# Reads every table of a results folder as analysts who work in R do, and writes
# what R holds in memory for the test to compare.
#
#   Rscript read_tables.R RESULTS OUT
#
# Package arrow reads the .arrow files where it is installed. Base R reads the
# CSV twins, with the types that the table `columns` states. A table OUT/<table>.csv
# has the same columns; numbers in 17 digits, which no double needs more of.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- file.path(arguments[1], "tables")
out <- arguments[2]
with_arrow <- requireNamespace("arrow", quietly = TRUE)

classes <- c(text = "character", category = "factor", number = "numeric", count = "numeric", flag = "logical")

read_csv_twin <- function(name, types) {
  read.csv(file.path(folder, paste0(name, ".csv")), colClasses = types, na.strings = "",
           check.names = FALSE, encoding = "UTF-8")
}

read_table <- function(name) {
  if (with_arrow) {
    return(as.data.frame(arrow::read_feather(file.path(folder, paste0(name, ".arrow")))))
  }
  described <- columns[columns$table == name, ]
  types <- classes[described$type]
  names(types) <- described$column
  read_csv_twin(name, types)
}

as_cells <- function(column) {
  if (is.numeric(column)) {
    cells <- sprintf("%.17g", as.numeric(column))
  } else if (is.logical(column)) {
    cells <- tolower(as.character(column))
  } else {
    cells <- paste0("\"", gsub("\"", "\"\"", enc2utf8(as.character(column)), fixed = TRUE), "\"")
  }
  ifelse(is.na(column), "", cells)
}

# Lines are written as bytes: under a locale that is not UTF-8, write.csv would
# write escapes for what it cannot show.
write_held <- function(name, table) {
  lines <- c(paste(names(table), collapse = ","), do.call(paste, c(unname(lapply(table, as_cells)), sep = ",")))
  writeLines(lines, file.path(out, paste0(name, ".csv")), useBytes = TRUE)
}

columns <- read_csv_twin("columns", "character")
for (name in unique(columns$table)) {
  table <- read_table(name)
  described <- columns[columns$table == name, ]
  stopifnot(setequal(names(table), described$column))
  never <- described$column[described$null_when == "never"]
  stopifnot(!anyNA(table[never]))
  write_held(name, table)
  cat(sprintf("%-16s %6d rows %3d columns %6d missing\n", name, nrow(table), ncol(table), sum(is.na(table))))
}
cat("read by", if (with_arrow) paste("arrow", packageVersion("arrow")) else R.version.string, "\n")
